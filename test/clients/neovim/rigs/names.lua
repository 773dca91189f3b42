-- The names that the command line completes, and the list of dap.continue().
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  rig.edit('app.py')
  local dap = require('dap')
  local function names(line)
    return vim.fn.getcompletion(line, 'cmdline')
  end
  rig.equal(names('LaunchDebug a'), { 'app', 'asks' })
  rig.equal(names('LaunchDebug my a'), { 'app' })
  rig.equal(names('LaunchDebug my'), { 'my app' })
  rig.equal(names('LaunchRun p'), { 'pair' })
  assert(not vim.tbl_contains(names('LaunchResolve '), 'secret'), 'a hidden one is offered')

  local listed
  coroutine.wrap(function()
    listed = dap.providers.configs['launch-ls'](vim.api.nvim_get_current_buf())
  end)()
  rig.await('list', function()
    return listed
  end)
  local shown = vim.tbl_map(function(entry)
    return entry.name
  end, listed)
  -- The browser's configuration stays with nvim-dap; a hidden one is not shown.
  rig.equal(shown, { 'app', 'my app', 'asks', 'refused', 'task fails', 'slow', 'pair' })

  rig.edit('../outside.py')
  rig.equal(dap.providers.configs['launch-ls'](vim.api.nvim_get_current_buf()), {})
  rig.equal(names('LaunchDebug '), {})
end)
