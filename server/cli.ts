process.stdout.write('launch-ls\n')
