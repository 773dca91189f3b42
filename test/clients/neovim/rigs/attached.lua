-- A program that ran before lives on when its session is stopped: alone, and by :LaunchStop! beside one that ends.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local dap, rig = debugger.dap, debugger.rig

local attached = 0
dap.listeners.after.attach.rig = function(_, failure)
  assert(not failure, vim.inspect(failure))
  attached = attached + 1
end

local function attach()
  local before = attached
  vim.cmd('LaunchDebug attached')
  rig.await('session', function()
    return attached > before
  end)
end

rig.run(function()
  debugger.breakpoint('app.py', 7)
  attach()
  vim.cmd('LaunchStop')
  debugger.ended()

  attach()
  vim.cmd('LaunchDebug app')
  debugger.stopped('app')
  vim.cmd('LaunchStop!')
  debugger.ended()
  rig.equal(rig.shown(), {})
end)
