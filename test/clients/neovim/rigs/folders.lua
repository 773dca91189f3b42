-- Two folders of a workspace file have the same name: the list says which is whose, and the chosen one is started.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local dap, rig = debugger.dap, debugger.rig

local function printed(name)
  rig.await('output', function()
    return vim.endswith(debugger.output, '\n')
  end)
  rig.equal(debugger.output, ('this is %s\n'):format(name))
  debugger.ended()
end

--- Chooses a's, and looks at what it started.
local function starts(how)
  local shown
  vim.ui.select = function(items, options, done)
    shown = vim.tbl_map(options.format_item, items)
    for index, text in ipairs(shown) do
      if text:match('^same .*a%)$') then
        return done(items[index], index)
      end
    end
    error('a is not told in ' .. vim.inspect(shown))
  end
  debugger.output = ''
  how()
  printed('a')
  return shown
end

rig.run(function()
  rig.edit('b/m.py')
  local shown = starts(dap.continue)
  assert(vim.tbl_contains(shown, 'alone'), vim.inspect(shown))
  starts(function()
    vim.cmd('LaunchDebug')
  end)
  -- A name alone is that of the file's folder.
  debugger.output = ''
  vim.cmd('LaunchDebug same')
  printed('b')
  rig.equal(vim.fn.getcompletion('LaunchDebug s', 'cmdline'), { 'same' })

  vim.ui.select = function(items, options, done)
    for index, item in ipairs(items) do
      if options.format_item(item):match('^same .*a%)$') then
        return done(item, index)
      end
    end
  end
  vim.cmd('LaunchResolve')
  rig.await('page', function()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n'):find('/ws/a/m.py', 1, true)
  end)
  rig.equal(rig.shown(), {})
end)
