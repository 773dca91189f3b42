--- The language server: where it is, which folder it serves, and one client of it for each folder.
local options = require('launch-ls.options')

local M = {}
local NAME = 'launch_ls'
--- Milliseconds from the server's start to its first answer.
local PATIENCE = 15000
local SILENT = "launch-ls: the server '%s' does not answer; see :checkhealth launch-ls"
local OLD = "launch-ls: the server is too old: it does not know '%s'. Update it: npm install --global launch-ls"

--- @return string[]? cmd nil when the server is found nowhere
function M.cmd()
  if options.cmd then
    return options.cmd
  end
  local installed = vim.fn.exepath('launch-ls')
  if installed ~= '' then
    return { installed, '--stdio' }
  end
  local here = vim.uv.fs_realpath(debug.getinfo(1, 'S').source:sub(2))
  local bundle = vim.fn.fnamemodify(here, ':h:h:h:h:h') .. '/out/launch-ls.cjs'
  return vim.uv.fs_stat(bundle) and { 'node', bundle, '--stdio' } or nil
end

--- @type table<integer, boolean> clients that were given up
local silent = {}
--- @type string[]? what `config` gave Neovim
local given

--- @return string[]|function|nil cmd as the user has set it by `vim.lsp.config`, else `M.cmd()`
function M.command()
  local config = vim.lsp.config and vim.lsp.config[NAME]
  local known = config and config.cmd
  if known and not vim.deep_equal(known, given) then
    return known
  end
  return M.cmd()
end

--- The nearest folder at or above the buffer's file (or the working directory) that has a .vscode/launch.json.
--- @param bufnr integer
--- @return string?
function M.root(bufnr)
  local file = M.file(bufnr)
  for folder in vim.fs.parents(file or (vim.uv.cwd() .. '/.')) do
    local launch_json = folder .. '/.vscode/launch.json'
    if launch_json == file or vim.uv.fs_stat(launch_json) then
      return folder
    end
  end
end

--- @param bufnr integer
--- @return string? path of the buffer's file, whether or not it is on disk yet
function M.file(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  if name ~= '' and vim.bo[bufnr].buftype == '' and not name:match('^%a[%w+.-]+://') then
    return vim.fs.normalize(name)
  end
end

--- What `vim.lsp.start` and lsp/launch_ls.lua take.
function M.config()
  local settings = next(options.settings) and options.settings or vim.empty_dict()
  given = M.cmd() or { 'launch-ls', '--stdio' }
  return {
    name = NAME,
    cmd = vim.deepcopy(given),
    root_dir = function(bufnr, on_folder)
      local root = M.concerns(bufnr) and M.root(bufnr)
      if root then
        on_folder(root)
      end
    end,
    capabilities = { experimental = { debug = { prompt = true, commands = vim.tbl_keys(options.commands) } } },
    handlers = require('launch-ls.messages'),
    init_options = settings,
    settings = { ['launch-ls'] = settings },
    on_attach = require('launch-ls.lens').on_attach,
  }
end

--- Whether the server has something to say about the buffer. Editors open launch.json as plain json: its name decides.
--- @param bufnr integer
function M.concerns(bufnr)
  local name = vim.fs.basename(M.file(bufnr) or '')
  return name == 'launch.json'
    or name == 'tasks.json'
    or name:match('^%.env') ~= nil
    or name:match('%.env$') ~= nil
    or vim.bo[bufnr].filetype == 'python'
end

--- Starts the server for a buffer that it concerns.
--- @param bufnr integer
function M.attach(bufnr)
  if not (options.autostart and vim.api.nvim_buf_is_loaded(bufnr) and M.concerns(bufnr)) then
    return
  end
  local root = M.root(bufnr)
  if not root then
    return
  end
  local lacking = M.lacking()
  if lacking then
    vim.notify_once(lacking, vim.log.levels.WARN)
    return
  end
  M.start(root, bufnr)
end

--- @return string the command, for people
function M.shown()
  local cmd = M.command()
  return type(cmd) == 'table' and table.concat(cmd, ' ') or 'a function of vim.lsp.config'
end

--- @return string? why the server cannot be started
function M.lacking()
  local cmd = M.command()
  if not cmd then
    return 'launch-ls: the server is not found; see :checkhealth launch-ls'
  elseif type(cmd) == 'table' and vim.fn.executable(cmd[1]) == 0 then
    return ("launch-ls: there is no program '%s'; see :checkhealth launch-ls"):format(cmd[1])
  end
end

--- @param root string
--- @param bufnr integer? buffer to attach
--- @return integer? client_id
function M.start(root, bufnr)
  local config = vim.deepcopy(vim.lsp.config and vim.lsp.config[NAME] or M.config())
  config.root_dir, config.cmd = root, M.command()
  if not bufnr then
    for _, client in ipairs(vim.lsp.get_clients({ name = NAME, _uninitialized = true })) do
      if client.root_dir == root and not silent[client.id] and not M.call(client, 'is_stopped') then
        return client.id
      end
    end
  end
  if vim.fn.has('nvim-0.11') == 0 then
    config.capabilities =
      vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), config.capabilities)
    if not bufnr then
      return vim.lsp.start_client(config)
    end
  end
  return vim.lsp.start(config, { bufnr = bufnr, attach = bufnr ~= nil })
end

--- Sends a request to the folder's server, which is started when it is not running.
--- @param root string
--- @param method string
--- @param params table
--- @param on_answer fun(err: table?, result: any)
--- @return fun() cancel
function M.request(root, method, params, on_answer)
  local lacking = M.lacking()
  if lacking then
    on_answer({ message = lacking })
    return function() end
  end
  local id = M.start(root)
  local since = vim.uv.now()
  local sent, cancelled

  local function send()
    local client = id and vim.lsp.get_client_by_id(id)
    if cancelled then
      return
    end
    if not client or M.call(client, 'is_stopped') then
      return on_answer({ message = 'launch-ls: the server does not run; see :checkhealth launch-ls' })
    end
    if not client.initialized and vim.uv.now() - since > PATIENCE then
      silent[id] = true
      M.call(client, 'stop', true)
      return on_answer({ message = SILENT:format(M.shown()) })
    elseif not client.initialized then
      return vim.defer_fn(send, 10)
    end
    local _, request = M.call(client, 'request', method, params, function(err, result)
      if err and err.code == vim.lsp.protocol.ErrorCodes.MethodNotFound then
        err = { message = OLD:format(method) }
      end
      on_answer(err, result)
    end)
    sent = request
  end
  send()

  return function()
    cancelled = true
    local client = sent and vim.lsp.get_client_by_id(id)
    if client then
      M.call(client, 'cancel_request', sent)
    end
  end
end

--- As `request`, in a coroutine.
--- @return table? err, any result
function M.ask(root, method, params)
  local co = coroutine.running()
  local answer
  M.request(root, method, params, function(err, result)
    answer = { err, result }
    if coroutine.status(co) == 'suspended' then
      assert(coroutine.resume(co))
    end
  end)
  if not answer then
    coroutine.yield()
  end
  return answer[1], answer[2]
end

--- Methods of a client take it as their first argument since Neovim 0.11.
function M.call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

return M
