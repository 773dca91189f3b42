--- Handlers of the server's own messages. PROTOCOL.md of launch-ls says what each means.
return {
  ['debug/prompt'] = function(_, params)
    local value = require('launch-ls.prompts').ask(params)
    return value and { value = value } or vim.NIL
  end,
  ['debug/command'] = function(_, params)
    local value = require('launch-ls.options').commands[params.command](params.args)
    return value and { value = value } or vim.NIL
  end,
  ['debug/output'] = function(_, params)
    require('launch-ls.output').append(params.text)
  end,
  ['debug/didChangeConfigurations'] = function() end,
  ['debug/didChangeSession'] = function() end,
}
