import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedPages } from './pages'

const root = process.argv[2] ?? '.'
for (const [file, text] of Object.entries(generatedPages(root))) writeFileSync(join(root, file), text)
