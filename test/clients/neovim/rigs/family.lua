-- A compound of two, and the child process of a program, each with its own session.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local rig = debugger.rig

rig.run(function()
  debugger.breakpoint('app.py', 7)
  vim.cmd('LaunchDebug both')
  for _, name in ipairs({ 'app', 'other' }) do
    local line, values = debugger.look(debugger.stopped(name))
    rig.equal({ line, values.total }, { 7, name == 'app' and '42' or '43' })
  end
  rig.equal(debugger.names(), { 'app', 'other' })
  -- stopAll: the end of one by the user is the end of the other.
  vim.cmd('LaunchStop')
  debugger.ended()

  require('dap').clear_breakpoints()
  debugger.breakpoint('family.py', 5)
  vim.cmd('LaunchDebug family')
  local child = debugger.stopped()
  local line, values = debugger.look(child)
  rig.equal({ line, values.square }, { 5, '49' })
  rig.equal({ child.config.request, child.parent.config.name }, { 'attach', 'family' })
  debugger.resume(child)
  debugger.ended()
  rig.equal(debugger.output, 'child 49\nparent\n')
  rig.equal(rig.shown(), {})
end)
