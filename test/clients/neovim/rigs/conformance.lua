-- Plays the steps of a scenario: test/clients/conformance/scenarios.ts says what each means.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local dap, rig = debugger.dap, debugger.rig

local asked, answers = {}, {}
local stopped -- the session that has stopped

vim.ui.input = function(options, done)
  table.insert(asked, options.prompt)
  local answer = table.remove(answers, 1)
  done(answer ~= vim.NIL and answer or nil)
end

local step = {}

function step.open(file, line)
  rig.edit(file)
  vim.api.nvim_win_set_cursor(0, { line or 1, 0 })
end

function step.breakpoint(line, more)
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  dap.set_breakpoint(more and more.condition, nil, more and more.logMessage)
end

function step.answer(...)
  answers = { ... }
end

function step.start(name)
  vim.cmd('LaunchDebug ' .. name)
end

function step.run(name)
  vim.cmd('LaunchRun ' .. name)
end

function step.pick(name)
  debugger.pick(name)
  dap.continue()
end

function step.stopped(file, line)
  stopped = debugger.stopped()
  local function place()
    local shown = vim.fs.basename(vim.api.nvim_buf_get_name(0))
    return { shown, vim.api.nvim_win_get_cursor(0)[1] }
  end
  rig.await('place', function()
    return vim.deep_equal(place(), { file, line })
  end)
end

function step.variable(name, value)
  local _, values = debugger.look(stopped)
  rig.equal(values[name], value)
end

step['next'] = function()
  debugger.forget(stopped)
  dap.step_over()
end

step['continue'] = function()
  debugger.resume(stopped)
end

function step.restart()
  debugger.forget(stopped)
  vim.cmd('LaunchRestart')
end

function step.stop()
  vim.cmd('LaunchStop')
end

function step.sessions(...)
  local names = { ... }
  rig.await('sessions', function()
    return vim.deep_equal(debugger.names(), names)
  end)
end

function step.output(text)
  rig.await('output', function()
    return debugger.output:find(text, 1, true)
  end)
end

function step.terminal(text)
  rig.await('terminal', function()
    local shown = table.concat(vim.api.nvim_buf_get_lines(stopped.term_buf, 0, -1, true), '\n')
    return shown:find(text, 1, true)
  end)
end

function step.asked(title)
  rig.await('prompt', function()
    return vim.iter(asked):any(function(prompt)
      return prompt:find(title, 1, true)
    end)
  end)
end

function step.shown(text)
  rig.await('message', function()
    return table.concat(rig.shown(), '\n'):find(text, 1, true)
  end)
end

step.write = debugger.write
step.ended = debugger.ended

function step.kill()
  io.stdout:write('killed\n')
  vim.uv.kill(vim.uv.os_getpid(), 'sigkill')
end

rig.run(function()
  for index, wanted in ipairs(vim.json.decode(assert(io.open(vim.env.RIG_STEPS)):read('*a'))) do
    local passed, failure = xpcall(step[wanted[1]], debug.traceback, unpack(wanted, 2))
    assert(passed, ('step %d, %s: %s'):format(index, vim.json.encode(wanted), tostring(failure)))
  end
end)
