--- nvim-dap as a user has it, and what its sessions said.
local rig = dofile(vim.env.RIG_LUA)

local M = { rig = rig, dap = require('dap'), output = '' }
--- @type table<integer, table> id of a session → its last `stopped` event since `M.resumed`
local stops = {}

M.dap.listeners.after.event_stopped.rig = function(session, body)
  stops[session.id] = body
end
M.dap.listeners.after.event_continued.rig = function(session)
  stops[session.id] = nil
end
-- A child's output comes in its own session and, by the pipe that it shares with its parent, in the parent's.
M.dap.listeners.after.event_output.rig = function(session, body)
  if body.category == 'stdout' and not session.parent then
    M.output = M.output .. body.output
  end
end

--- Waits until a session of that name (any, when nil) has stopped and nvim-dap knows where.
function M.stopped(name)
  return rig.await('stop of ' .. (name or 'a session'), function()
    for _, session in pairs(M.all()) do
      local here = name == nil or session.config.name == name
      if here and stops[session.id] and session.current_frame and session.current_frame.scopes then
        return session
      end
    end
    return nil
  end, 20000)
end

--- All sessions, children too.
function M.all()
  local found = {}
  local function add(sessions)
    for _, session in pairs(sessions) do
      table.insert(found, session)
      add(session.children)
    end
  end
  add(M.dap.sessions())
  return found
end

function M.names()
  local names = vim.tbl_map(function(session)
    return session.config.name
  end, M.all())
  table.sort(names)
  return names
end

function M.ask(session, command, arguments)
  local answered, err, body
  session:request(command, arguments, function(failure, answer)
    answered, err, body = true, failure, answer
  end)
  rig.await(command, function()
    return answered
  end)
  assert(not err, command .. ': ' .. tostring(err))
  return body
end

--- Line of the topmost frame, and its local variables as text.
function M.look(session)
  local frame = session.current_frame
  local scope = M.ask(session, 'scopes', { frameId = frame.id }).scopes[1]
  local values = {}
  for _, variable in ipairs(M.ask(session, 'variables', { variablesReference = scope.variablesReference }).variables) do
    values[variable.name] = variable.value
  end
  return frame.line, values
end

--- The session goes on: its next stop is a new one.
function M.forget(session)
  stops[session.id] = nil
end

function M.resume(session)
  M.forget(session)
  M.dap.set_session(session)
  M.dap.continue()
end

function M.ended()
  rig.await('end of all sessions', function()
    return #M.all() == 0
  end, 20000)
end

--- Sets a breakpoint in a file of the workspace.
function M.breakpoint(file, line)
  rig.edit(file)
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  M.dap.set_breakpoint()
end

--- Picks the item with this name in what is asked next.
function M.pick(name)
  vim.ui.select = function(items, options, done)
    for index, item in ipairs(items) do
      if vim.startswith(options.format_item(item), name) then
        return done(item, index)
      end
    end
    error(name .. ' is not among ' .. vim.inspect(vim.tbl_map(options.format_item, items)))
  end
end

function M.write(name, text)
  local file = assert(io.open(rig.workspace .. '/' .. name, 'w'))
  file:write(text)
  file:close()
end

return M
