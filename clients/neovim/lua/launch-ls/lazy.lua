--- Waits for a module that a plugin manager may load at any time, or never.
local M = {}

--- Calls `use` with the module once, before anybody who requires it gets it. Loads nothing by itself.
--- @param name string
--- @param use fun(module: table)
function M.when_loaded(name, use)
  if package.loaded[name] then
    return use(package.loaded[name])
  end
  local function loader(wanted)
    if wanted ~= name then
      return nil
    end
    M.forget(loader)
    local found, module = pcall(require, name)
    if not found then
      table.insert(package.loaders, 1, loader)
      return '\n\t' .. tostring(module)
    end
    use(module)
    return function()
      return module
    end
  end
  table.insert(package.loaders, 1, loader)
end

--- @param loader function
function M.forget(loader)
  for index, other in ipairs(package.loaders) do
    if other == loader then
      table.remove(package.loaders, index)
    end
  end
end

return M
