-- A compound starts all its members, and is run again as a whole.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  rig.edit('app.py')
  local dap = require('dap')
  local function names()
    return vim.tbl_map(function(run)
      return run.config.name
    end, dap.started)
  end
  vim.cmd('LaunchDebug pair')
  rig.await('members', function()
    return #dap.started == 2
  end)
  rig.equal(names(), { 'app', 'my app' })
  -- The second one beside the first, whatever is running.
  rig.equal(dap.started[2].options, { new = true })
  rig.equal(#rig.heard('startDebug'), 1)

  dap.run_last()
  rig.await('members', function()
    return #dap.started == 4
  end)
  rig.equal(names(), { 'app', 'my app', 'app', 'my app' })
  rig.equal(rig.heard('startDebug')[2].params.configuration, 'pair')
  rig.equal(rig.shown(), {})
end)
