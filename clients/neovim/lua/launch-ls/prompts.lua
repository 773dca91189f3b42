--- Asks the user what a configuration asks for. The server asks one thing at a time.
local M = {}

--- In a coroutine.
--- @param params table `debug/prompt`'s
--- @return string? value nil: cancelled
function M.ask(params)
  if params.kind == 'pick' then
    return M.pick(params)
  end
  return (params.password and M.password or M.text)(params)
end

function M.text(params)
  return M.answer(vim.ui.input, { prompt = params.title .. ': ', default = params.value })
end

function M.pick(params)
  local item = M.answer(vim.ui.select, params.items, {
    prompt = params.title,
    kind = 'launch-ls',
    format_item = function(item)
      local detail = item.detail and ('  ' .. item.detail) or ''
      return item.label .. detail
    end,
  })
  return item and item.value
end

function M.password(params)
  if M.unanswerable(vim.fn.inputsecret) then
    return nil
  end
  local options = { prompt = params.title .. ': ', default = params.value, cancelreturn = vim.NIL }
  local fine, value = pcall(vim.fn.inputsecret, options)
  return fine and value ~= vim.NIL and value or nil
end

--- Waits for the callback of a function of `vim.ui`.
function M.answer(ask, ...)
  if M.unanswerable(ask) then
    return nil
  end
  local co = coroutine.running()
  local answered, value
  local arguments = { ... }
  table.insert(arguments, function(answer)
    answered, value = true, answer
    if coroutine.status(co) == 'suspended' then
      assert(coroutine.resume(co))
    end
  end)
  ask(unpack(arguments))
  if not answered then
    coroutine.yield()
  end
  return value
end

--- Neovim's own prompts end a Neovim that has no screen.
function M.unanswerable(ask)
  local source = debug.getinfo(ask, 'S').source
  local own = not vim.startswith(source, '@') or source:match('vim/[%w_]+%.lua$') ~= nil
  return own and #vim.api.nvim_list_uis() == 0
end

return M
