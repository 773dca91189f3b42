-- A refused start says why, what was tried and what helps, and its place is one command away.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  rig.edit('app.py')
  local dap = require('dap')
  vim.cmd('LaunchDebug refused')
  rig.await('refusal', function()
    return #rig.notes == 1
  end)
  rig.equal(rig.shown(vim.log.levels.ERROR), {
    table.concat({
      "There is no interpreter at 'nowhere/python'.",
      '  tried nowhere/python',
      '  tried .venv/bin/python',
      "Set 'python' to an interpreter.",
      vim.fn.fnamemodify(rig.workspace .. '/.vscode/launch.json', ':.') .. ':3  (:cc goes there)',
    }, '\n'),
  })
  vim.cmd('cc')
  rig.equal(vim.api.nvim_buf_get_name(0), rig.workspace .. '/.vscode/launch.json')
  rig.equal(vim.api.nvim_win_get_cursor(0)[1], 3)

  vim.cmd('LaunchDebug task fails')
  rig.await('refusal', function()
    return #rig.notes == 2
  end)
  rig.equal(rig.notes[2].text, "The task 'build' ended with code 2.")
  local output = vim.fn.bufnr('launch-ls://output')
  rig.equal(vim.api.nvim_buf_get_lines(output, 0, -1, true), { 'building', 'no luck', '' })
  rig.equal(#vim.fn.win_findbuf(output), 1)
  assert(vim.api.nvim_get_current_buf() ~= output, 'the cursor went to the output')
  vim.cmd('LaunchOutput')
  rig.equal(#vim.fn.win_findbuf(output), 1)
  rig.equal(#dap.started, 0)
end)
