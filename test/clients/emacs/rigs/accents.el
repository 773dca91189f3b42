;;; launch.json in a folder whose name is not ASCII -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-edit "../é 😀/.vscode/launch.json")
 (rig-idle)
 (rig-await "the mistake" (lambda () (string-search "lunch" (rig-diagnostics "lunch")))))
