/** Packages that bring a command and a module of the same name, those that people debug first. */
const DEBUGGED = [
  'uvicorn',
  'pytest',
  'flask',
  'celery',
  'streamlit',
  'gunicorn',
  'scrapy',
  'hypercorn',
] as const

/** Modules that a configuration may run, in the order in which they are offered; the last are Python's own. */
export const RUNNABLE_MODULES: readonly string[] = [...DEBUGGED, 'unittest', 'http.server']

/** Commands of a terminal that are modules, too. */
export const MODULE_COMMANDS: ReadonlySet<string> = new Set([...DEBUGGED, 'pip', 'mypy', 'black'])
