-- Inputs are asked, a cancelled one starts nothing, a refusal says why, a command is Neovim's own.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local rig = debugger.rig

rig.run(function()
  debugger.breakpoint('app.py', 7)
  vim.ui.input = function(options, done)
    rig.equal({ options.prompt, options.default }, { 'Which mode?: ', 'none' })
    done('50%1 off')
  end
  vim.cmd('LaunchDebug asks')
  local _, values = debugger.look(debugger.stopped('asks'))
  rig.equal(values.mode, "'50%1 off n-command'")
  vim.cmd('LaunchStop')
  debugger.ended()

  vim.ui.input = function(_, done)
    done(nil)
  end
  vim.cmd('LaunchDebug asks')
  vim.cmd('LaunchDebug lost')
  rig.await('refusal', function()
    return #rig.shown() > 0
  end)
  -- The cancelled start came before, and has said and started nothing.
  rig.equal(#rig.shown(), 1)
  assert(rig.shown()[1]:find('nowhere.py', 1, true), rig.shown()[1])
  rig.equal(debugger.all(), {})
end)
