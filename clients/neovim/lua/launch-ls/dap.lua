--- The bridge to nvim-dap: offers our configurations, and connects its sessions to the server's broker.
local editor = require('launch-ls.editor')
local items = require('launch-ls.items')
local options = require('launch-ls.options')
local refusal = require('launch-ls.refusal')
local server = require('launch-ls.server')
local start = require('launch-ls.start')

local M = {}
local TYPE = 'launch-ls'
local PROVIDER = 'launch-ls'

--- Types of configurations that the server starts; the rest of a launch.json stays with nvim-dap.
local OURS = { debugpy = true, python = true }

--- @type table<string, table> token → endpoint
local endpoints = {}
--- @type table<string, table> id → DebugSession that waits for its connection
local waiting = {}
--- @type table<function, boolean> adapters of ours
local routed = {}

--- Called once, when nvim-dap is loaded.
function M.register(dap)
  dap.adapters[TYPE] = function(use, config)
    M.connect(dap, use, config)
  end
  for type in pairs(OURS) do
    if not dap.adapters[type] then
      M.route(dap, type)
    end
  end
  dap.providers.configs[PROVIDER] = M.list
  if options.replace_launch_json then
    dap.providers.configs['dap.launch.json'] = M.others
  end
  -- Events of debugpy that nvim-dap would warn about.
  for _, event in ipairs({ 'debugpySockets', 'debugpyWaitingForServer', 'debugpyAttach' }) do
    dap.listeners.before['event_' .. event][TYPE] = function() end
  end
end

--- What nvim-dap runs for a configuration or compound of launch.json: nothing in it that nvim-dap could expand.
--- @param root string
--- @param params table StartDebugParams
function M.entry(root, params)
  local wanted = params.configuration
  return {
    type = TYPE,
    request = 'launch',
    name = type(wanted) == 'table' and wanted.name or wanted,
    start = vim.base64.encode(vim.mpack.encode({ root = root, params = params })),
  }
end

--- @return table[] entries for nvim-dap's list; in a coroutine
function M.list()
  editor.remember()
  local root = editor.root()
  if not root then
    return {}
  end
  local err, result = server.ask(root, 'debug/configurations', vim.empty_dict())
  if err then
    vim.notify(err.message, vim.log.levels.WARN, { title = 'launch-ls' })
    return {}
  end
  local entries = {}
  for _, item in ipairs(result.items) do
    if not item.hidden and (item.kind == 'compound' or OURS[item.type]) then
      local entry = M.entry(root, items.params(item))
      entry.name = items.label(item, result.items)
      table.insert(entries, entry)
    end
  end
  return entries
end

--- What nvim-dap itself finds in launch.json for other debuggers. A file that it cannot read has our diagnostics.
function M.others()
  local readable, configs = pcall(require('dap.ext.vscode').getconfigs)
  return vim.tbl_filter(function(config)
    return not OURS[config.type]
  end, readable and configs or {})
end

--- The adapter of an entry: starts it, and hands its sessions to nvim-dap.
function M.connect(dap, use, config)
  local member = waiting[config.session]
  if member then
    waiting[config.session] = nil
    return use(M.adapter(member))
  end
  local wanted = vim.mpack.decode(vim.base64.decode(config.start))
  start.start(wanted.root, wanted.params, function(result)
    M.hand_over(dap, use, config, result)
  end)
end

--- The first session goes to the run that asked, the others of a compound get one each. Their entry keeps `start`, so
--- that `dap.run_last` runs the compound again.
function M.hand_over(dap, use, config, result)
  for _, refused in ipairs(result.refused or {}) do
    refusal.show({ message = refused.message, data = refused })
  end
  for index, session in ipairs(result.sessions) do
    endpoints[session.configuration.token] = session.endpoint
    M.route(dap, session.configuration.type)
    if index == 1 then
      use(M.adapter(session))
    else
      waiting[session.id] = session
      local entry = { type = TYPE, request = 'launch', name = session.name, session = session.id }
      dap.run(vim.tbl_extend('error', entry, { start = config.start }), { new = true })
    end
  end
end

--- @param session table DebugSession
function M.adapter(session)
  local adapter = M.server(session.endpoint)
  adapter.enrich_config = function(_, run)
    run(session.configuration)
  end
  return adapter
end

--- @param endpoint { host: string, port: integer }
function M.server(endpoint)
  return {
    type = 'server',
    host = endpoint.host,
    port = endpoint.port,
    -- The broker itself says when a debugger does not answer, and `attach` may wait long for its program.
    options = { source_filetype = 'python', initialize_timeout_sec = 600 },
  }
end

--- Sends the sessions of the broker, their restarts and their children, to the broker, and leaves to a user's own
--- adapter of this type what else it does. Without one, the server starts what is written inline.
--- @param type string
function M.route(dap, type)
  local own = dap.adapters[type]
  if routed[own] then
    return
  end
  local function adapter(use, config, parent)
    if config.token then
      use(M.server(parent and (config.connect or parent.adapter) or endpoints[config.token] or config.connect))
    elseif _G.type(own) == 'function' then
      own(use, config, parent)
    elseif own then
      use(own)
    else
      start.start(editor.root() or vim.uv.cwd(), { configuration = config }, function(result)
        M.hand_over(dap, use, config, result)
      end)
    end
  end
  routed[adapter] = true
  dap.adapters[type] = adapter
end

return M
