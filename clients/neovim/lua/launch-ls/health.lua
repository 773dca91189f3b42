--- :checkhealth launch-ls
local server = require('launch-ls.server')

local M = {}
local OLDEST_NODE = { 20, 19, 0 }

function M.check()
  vim.health.start('launch-ls')
  local found = M.check_server()
  M.check_debugger()
  M.check_python()
  vim.health.start('launch-ls: this folder')
  M.check_folder(found)
end

--- @return boolean found
function M.check_server()
  local cmd = server.command()
  local node = vim.system({ vim.fn.exepath('node') ~= '' and 'node' or 'false', '--version' }, { text = true }):wait()
  local version = node.code == 0 and vim.version.parse(vim.trim(node.stdout))
  if not version then
    vim.health.error('Node is not found on PATH', 'Install Node 20.19 or later.')
  elseif vim.version.lt(version, OLDEST_NODE) then
    vim.health.error('Node ' .. tostring(version) .. ' is too old', 'Install Node 20.19 or later.')
  else
    vim.health.ok('Node ' .. tostring(version))
  end
  if not cmd then
    vim.health.error('the server is not found', {
      'npm install --global launch-ls',
      'or, in a checkout of launch-ls: npm ci && npm run build',
      "or name it: require('launch-ls').setup { cmd = { … } }",
    })
    return false
  end
  if type(cmd) == 'table' and vim.fn.executable(cmd[1]) == 0 then
    vim.health.error('the server cannot be run: ' .. server.shown())
    return false
  end
  vim.health.ok('server: ' .. server.shown())
  return true
end

function M.check_debugger()
  local found, dap = pcall(require, 'dap')
  if not found then
    local where = 'Install https://github.com/mfussenegger/nvim-dap.'
    return vim.health.error('nvim-dap is not found; without it nothing can be started', where)
  end
  if dap.providers and dap.providers.configs['launch-ls'] then
    vim.health.ok('nvim-dap lists the configurations in dap.continue()')
  else
    vim.health.error('nvim-dap is too old to list the configurations', 'Update it to 0.9 or later.')
  end
end

function M.check_python()
  for _, name in ipairs({ 'python3', 'python' }) do
    local path = vim.fn.exepath(name)
    if path ~= '' then
      return vim.health.ok('Python on PATH: ' .. path)
    end
  end
  vim.health.warn('Python is not found on PATH', 'A .venv in the folder, or `python` of a configuration, will do.')
end

--- The folder of the buffer that was current before the report.
function M.check_folder(found)
  local root = server.root(vim.fn.bufnr('#') > 0 and vim.fn.bufnr('#') or 0)
  if not root then
    return vim.health.info('no .vscode/launch.json at or above it; :LaunchNew makes one')
  elseif not found then
    return vim.health.info(root)
  end
  local failure, items
  server.request(root, 'debug/configurations', vim.empty_dict(), function(err, result)
    failure, items = err, result and result.items
  end)
  vim.wait(5000, function()
    return failure ~= nil or items ~= nil
  end, 10)
  if items then
    vim.health.ok(('%s: %d configurations'):format(root, #items))
  else
    local log = 'See :edit ' .. vim.lsp.get_log_path()
    vim.health.error(failure and failure.message or 'the server does not answer', log)
  end
end

return M
