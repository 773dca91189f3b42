-- launch.json itself, with the real server and no debugger: diagnostics that follow edits, and what a configuration is.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  vim.cmd.cd(rig.workspace)
  local bufnr = rig.edit('.vscode/launch.json')
  --- Diagnostics of the line that holds this text.
  local function messages(text)
    local lines = vim.api.nvim_buf_get_lines(bufnr, 0, -1, true)
    local found = vim.tbl_filter(function(diagnostic)
      return lines[diagnostic.lnum + 1]:find(text, 1, true) ~= nil
    end, vim.diagnostic.get(bufnr))
    return table.concat(vim.tbl_map(function(diagnostic)
      return diagnostic.message
    end, found), '\n')
  end
  local function await_diagnostics(text, word)
    rig.await(word .. ' in the line of ' .. text, function()
      return messages(text):find(word, 1, true)
    end)
  end
  await_diagnostics('"lost"', 'nowhere.py')
  vim.api.nvim_buf_set_lines(bufnr, 4, 4, true, { '    { "name": "new", "type": "debugpy", "request": "lunch" },' })
  await_diagnostics('"new"', 'lunch')
  await_diagnostics('"lost"', 'nowhere.py')
  vim.cmd.undo()
  rig.await('end of the mistake', function()
    return not messages('"request"'):find('lunch')
  end)

  vim.cmd('LaunchResolve app')
  local lines = rig.await('page', function()
    return vim.bo.buftype == 'nofile' and vim.api.nvim_buf_get_lines(0, 0, -1, true)
  end)
  rig.equal(lines[1], '// app')
  local page = table.concat(lines, '\n')
  for _, said in ipairs({ rig.workspace .. '/app.py', '"MODE": "••••"' }) do
    assert(page:find(said, 1, true), said .. ' is missing in\n' .. page)
  end
  rig.equal(rig.shown(), {})
end)
