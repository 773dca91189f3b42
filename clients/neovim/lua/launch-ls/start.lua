--- `startDebug`: sends it with the editor's state, shows its progress, can cancel it, and tells when it is refused.
local editor = require('launch-ls.editor')
local options = require('launch-ls.options')
local refusal = require('launch-ls.refusal')
local server = require('launch-ls.server')

local M = {}
local PREFIX = 'launch-ls-start-'
local count = 0
--- @type table<string, fun()> progress token → cancel
local pending = {}

--- @param root string
--- @param params table StartDebugParams, without the editor's state
--- @param on_started fun(result: table) gets StartDebugResult; not called when it is refused
function M.start(root, params, on_started)
  count = count + 1
  local token = PREFIX .. count
  local full = vim.tbl_extend('force', { editor = editor.state(), workDoneToken = token }, params)
  pending[token] = function() end
  local cancel = server.request(root, 'startDebug', full, function(err, result)
    local wanted = pending[token]
    pending[token] = nil
    if wanted and err then
      refusal.show(err)
    elseif wanted then
      on_started(result)
    end
  end)
  pending[token] = pending[token] and cancel
end

--- Cancels the starts that have no answer yet.
--- @return boolean any
function M.cancel()
  local cancels = pending
  pending = {}
  for _, cancel in pairs(cancels) do
    cancel()
  end
  return next(cancels) ~= nil
end

vim.api.nvim_create_autocmd('LspProgress', {
  group = vim.api.nvim_create_augroup('launch-ls-progress', {}),
  callback = function(event)
    local params = event.data.params or event.data.result
    local value = type(params) == 'table' and vim.startswith(tostring(params.token), PREFIX) and params.value
    if not (value and options.progress) then
      return
    end
    local percent = value.percentage and (' %d %%'):format(value.percentage) or ''
    local text = value.kind == 'end' and '' or (value.message or value.title or '') .. percent
    vim.api.nvim_echo({ { text } }, false, {})
  end,
})

return M
