--- Code lenses of launch.json: ▶ before a configuration starts it.
local options = require('launch-ls.options')
local server = require('launch-ls.server')

local M = {}

function M.on_attach(client, bufnr)
  vim.lsp.commands['launch-ls.start'] = function(command)
    require('launch-ls').start(command.arguments[1])
  end
  local name = vim.fs.basename(server.file(bufnr) or '')
  if not (options.code_lens and name == 'launch.json' and client.server_capabilities.codeLensProvider) then
    return
  end
  if vim.lsp.codelens.enable then
    return vim.lsp.codelens.enable(true, { bufnr = bufnr })
  end
  local function refresh()
    vim.lsp.codelens.refresh({ bufnr = bufnr })
  end
  refresh()
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged', 'BufWritePost' }, {
    group = vim.api.nvim_create_augroup('launch-ls-lens-' .. bufnr, {}),
    buffer = bufnr,
    callback = refresh,
  })
end

return M
