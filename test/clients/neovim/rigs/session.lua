-- F5 on launch.json: breakpoint, a local, a variable of the env file; edit the env file, restart, the new value.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local dap, rig = debugger.dap, debugger.rig

local function stopped_with(mode)
  local line, values = debugger.look(debugger.stopped('app'))
  rig.equal({ line, values.total, values.label, values.mode }, { 7, '42', "'ééé'", ("'%s'"):format(mode) })
end

rig.run(function()
  debugger.breakpoint('app.py', 7)
  debugger.pick('app')
  dap.continue()
  stopped_with('dev')
  rig.equal(dap.session().config, {
    type = 'debugpy',
    request = 'launch',
    name = 'app',
    token = dap.session().config.token,
  })

  debugger.write('app.env', 'MODE=staging\n')
  local id = dap.session().id
  vim.cmd('LaunchRestart')
  rig.await('restart', function()
    return vim.tbl_contains(rig.shown(0), 'Restarted debug adapter')
  end)
  stopped_with('staging')
  rig.equal(dap.session().id, id)

  -- The same name again while it runs is a restart too, as always with nvim-dap.
  debugger.write('app.env', 'MODE=test\n')
  rig.notes = {}
  vim.cmd('LaunchDebug app')
  rig.await('restart', function()
    return vim.tbl_contains(rig.shown(0), 'Restarted debug adapter')
  end)
  stopped_with('test')
  rig.equal(debugger.names(), { 'app' })

  debugger.output = ''
  debugger.resume(dap.session())
  debugger.ended()
  rig.equal(debugger.output, 'result 42 test\n')

  debugger.write('app.env', 'MODE=prod\n')
  dap.run_last()
  stopped_with('prod')
  vim.cmd('LaunchStop')
  debugger.ended()

  debugger.output = ''
  vim.cmd('LaunchRun app')
  rig.await('output', function()
    return debugger.output ~= ''
  end)
  debugger.ended()
  rig.equal(debugger.output, 'result 42 prod\n')
  rig.equal(rig.shown(), {})
end)
