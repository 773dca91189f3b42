-- :LaunchResolve, :LaunchNew, the code lens and :checkhealth.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  vim.cmd.cd(rig.workspace)
  rig.edit('app.py')
  local dap = require('dap')

  local function resolved(command)
    vim.cmd(command)
    local bufnr = rig.await(command, function()
      local bufnr = vim.api.nvim_get_current_buf()
      return vim.bo[bufnr].buftype == 'nofile' and bufnr
    end)
    local lines = vim.api.nvim_buf_get_lines(bufnr, 0, -1, true)
    vim.cmd.close()
    return lines
  end
  rig.equal(resolved('LaunchResolve my app'), {
    '// my app',
    '// warning: There is no app.py. (.vscode/launch.json:4)',
    '{',
    '  "args": [',
    '    "-v",',
    '    2  // (.vscode/launch.json:5)',
    '  ],',
    '  "env": {',
    '    "MODE": "••••"  // (app.env:1)',
    '  },',
    '  "program": "/ws/app.py"  // (default)',
    '}',
  })
  assert(vim.tbl_contains(resolved('LaunchResolve! app'), '    "MODE": "dev"  // (app.env:1)'))

  vim.ui.select = function(items, options, done)
    rig.equal(options.format_item(items[1]), 'Python File  the current file')
    done(items[1])
  end
  vim.cmd('LaunchNew')
  rig.await('edit', function()
    return vim.api.nvim_buf_get_lines(0, 0, 1, true)[1] == '// new'
  end)
  rig.equal(vim.api.nvim_buf_get_name(0), rig.workspace .. '/.vscode/launch.json')

  rig.await('lens', function()
    return #vim.lsp.codelens.get(vim.fn.has('nvim-0.12') == 1 and { bufnr = 0 } or 0) == 1
  end)
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.lsp.codelens.run()
  rig.await('run by lens', function()
    return #dap.started == 1
  end)
  rig.equal(dap.started[1].config.name, 'my app')
  rig.equal(rig.heard('startDebug')[1].params.noDebug, true)

  vim.cmd('checkhealth launch-ls')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  for _, said in ipairs({ 'fakeServer.mjs', 'nvim-dap', 'Node ', '9 configurations' }) do
    assert(health:find(said, 1, true), said .. ' is missing in:\n' .. health)
  end
  assert(not health:find('ERROR', 1, true), health)
  vim.cmd.helptags(vim.fs.dirname(vim.api.nvim_get_runtime_file('doc/launch-ls.txt', false)[1]))
  for _, topic in ipairs({ 'launch-ls', 'launch-ls-setup', ':LaunchDebug' }) do
    assert(vim.tbl_contains(vim.fn.getcompletion(topic, 'help'), topic), 'no help on ' .. topic)
  end
  rig.equal(rig.shown(), {})
end)
