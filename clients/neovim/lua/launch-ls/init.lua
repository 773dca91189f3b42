--- launch-ls for Neovim: the commands. See :help launch-ls.
local bridge = require('launch-ls.dap')
local editor = require('launch-ls.editor')
local items = require('launch-ls.items')
local options = require('launch-ls.options')
local output = require('launch-ls.output')
local refusal = require('launch-ls.refusal')
local server = require('launch-ls.server')
local start = require('launch-ls.start')

local M = {}

--- @param wanted launch-ls.Options?
function M.setup(wanted)
  for name, value in pairs(wanted or {}) do
    if options[name] == nil and name ~= 'cmd' then
      error(("launch-ls: there is no option '%s'; see :help launch-ls-setup"):format(name), 2)
    end
    local takes = M.takes(name, value)
    if takes then
      error(("launch-ls: the option '%s' takes %s; see :help launch-ls-setup"):format(name, takes), 2)
    end
  end
  for name, value in pairs(wanted or {}) do
    options[name] = value
  end
end

--- @return string? what an option takes, when this value is something else
function M.takes(name, value)
  if name == 'cmd' then
    local fine = vim.islist(value) and #value > 0 and vim.iter(value):all(function(word)
      return type(word) == 'string'
    end)
    return not fine and "a list such as { 'launch-ls', '--stdio' }" or nil
  end
  local wanted = type(options[name])
  return wanted ~= type(value) and 'a ' .. wanted or nil
end

--- Debugs a configuration or compound.
--- @param name string? nil: pick one
--- @param args table? of the user command
function M.debug(name, args)
  M.launch(name, args, false)
end

--- Runs one without debugging.
function M.run(name, args)
  M.launch(name, args, true)
end

--- Restarts the session, or starts the last one again. The broker reads launch.json and env files afresh.
function M.restart()
  local dap = M.debugger()
  if not dap then
    return
  elseif dap.session() then
    dap.restart()
  else
    dap.run_last()
  end
end

--- Stops what is starting; else the session with its children, or with `bang` all of them.
function M.stop(_, args)
  local all = args and args.bang or nil
  if start.cancel() and not all then
    return
  end
  local dap = package.loaded.dap
  if dap and all then
    for _, session in pairs(dap.sessions()) do
      dap.set_session(session)
      M.leave(dap)
    end
  elseif dap then
    M.leave(dap)
  end
  if all then
    for _, client in ipairs(vim.lsp.get_clients({ name = 'launch_ls' })) do
      server.call(client, 'request', 'debug/stop', { all = true }, function() end)
    end
  end
end

--- Ends the session; its program lives on when the session has only attached to it.
function M.leave(dap)
  local session = dap.session()
  while session and session.parent do
    session = session.parent
  end
  if session and session.config.request == 'attach' then
    dap.set_session(session)
    dap.disconnect({ terminateDebuggee = false })
  else
    dap.terminate({ hierarchy = true })
  end
end

--- Shows what a configuration means; with `bang` its secrets too.
function M.resolve(name, args)
  M.with_name(name, 'Resolve', function(root, params)
    params.editor, params.reveal = editor.state(), args and args.bang or false
    local err, result = server.ask(root, 'debug/resolve', params)
    if err then
      return refusal.show(err)
    end
    require('launch-ls.resolved').show(result)
  end)
end

--- Adds a configuration to launch.json, which is made when there is none.
function M.new()
  local root = editor.root() or vim.fs.root(0, { '.vscode', '.git', 'pyproject.toml' }) or vim.uv.cwd()
  server.request(root, 'debug/newConfigurations', { folder = vim.uri_from_fname(root) }, function(err, items)
    if err then
      return refusal.show(err)
    end
    vim.ui.select(items, {
      prompt = 'New configuration',
      kind = 'launch-ls',
      format_item = function(item)
        return item.label .. '  ' .. item.detail
      end,
    }, function(item)
      if item then
        vim.lsp.util.apply_workspace_edit(item.edit, 'utf-16')
        vim.cmd.edit(vim.fn.fnameescape(root .. '/.vscode/launch.json'))
      end
    end)
  end)
end

function M.output()
  output.open()
end

--- The command of a code lens.
--- @param params table StartDebugParams
function M.start(params)
  M.run_entry(params.folder and vim.uri_to_fname(params.folder) or editor.root(), params)
end

--- Completes a name, which may have spaces: `lead` is its last word only.
--- @return string[] ends of the names that begin with what is typed
function M.complete(lead, line, position)
  local typed = line:sub(1, position):match('Launch%a+!?%s+(.*)$') or ''
  local root = editor.root()
  local answer
  if root then
    server.request(root, 'debug/configurations', vim.empty_dict(), function(_, result)
      answer = result and result.items or {}
    end)
    vim.wait(2000, function()
      return answer ~= nil
    end, 10)
  end
  local names = {}
  for _, item in ipairs(answer or {}) do
    local rest = item.name:sub(#typed - #lead + 1)
    if not item.hidden and vim.startswith(item.name, typed) and not vim.tbl_contains(names, rest) then
      table.insert(names, rest)
    end
  end
  return names
end

function M.launch(name, args, no_debug)
  editor.remember(args and args.range > 0 and editor.range(args.line1, args.line2) or nil)
  M.with_name(name, 'Debug', function(root, params)
    params.noDebug = no_debug or nil
    M.run_entry(root, params)
  end)
end

function M.run_entry(root, params)
  local dap = M.debugger()
  if dap then
    dap.run(bridge.entry(root, params))
  end
end

--- Calls `use`, in a coroutine, with the root and StartDebugParams of the name, which the user picks when it is nil.
function M.with_name(name, prompt, use)
  local root = editor.root()
  if not root then
    local text = 'launch-ls: there is no .vscode/launch.json at or above this file. :LaunchNew makes one'
    return vim.notify(text, vim.log.levels.ERROR)
  end
  if name then
    return coroutine.wrap(use)(root, { configuration = name })
  end
  server.request(root, 'debug/configurations', vim.empty_dict(), function(err, result)
    if err then
      return refusal.show(err)
    end
    local shown = vim.tbl_filter(function(item)
      return not item.hidden
    end, result.items)
    vim.ui.select(shown, {
      prompt = prompt,
      kind = 'launch-ls',
      format_item = function(item)
        return items.label(item, shown) .. (item.kind == 'compound' and '  (compound)' or '')
      end,
    }, function(item)
      if item then
        coroutine.wrap(use)(root, items.params(item))
      end
    end)
  end)
end

function M.debugger()
  local found, dap = pcall(require, 'dap')
  if found then
    return dap
  end
  vim.notify('launch-ls: nvim-dap is not installed; see :checkhealth launch-ls', vim.log.levels.ERROR)
end

return M
