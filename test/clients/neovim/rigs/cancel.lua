-- A start that takes long shows its progress, and :LaunchStop cancels it.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  rig.edit('app.py')
  vim.cmd('LaunchDebug slow')
  rig.await('progress', function()
    return vim.lsp.status():find('Installing debugpy')
  end)
  vim.cmd('LaunchStop')
  rig.await('cancel', function()
    return #rig.heard('was cancelled') == 1
  end)
  -- The server answers that it was cancelled, and nothing more is said of it.
  vim.cmd('LaunchDebug app')
  rig.await('run', function()
    return #require('dap').started == 1
  end)
  rig.equal(require('dap').started[1].config.name, 'app')
  rig.equal(rig.shown(vim.log.levels.INFO), {})

  vim.cmd('LaunchStop')
  rig.equal(require('dap').terminated, { { hierarchy = true } })
  vim.cmd('LaunchStop!')
  rig.equal(require('dap').terminated[2], { hierarchy = true })
  rig.await('stop', function()
    return #rig.heard('debug/stop') == 1
  end)
end)
