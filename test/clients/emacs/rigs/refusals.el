;;; Why a start was refused, and where -*- lexical-binding: t; no-byte-compile: t -*-
(rig-stand-in #'ignore)

(defun refusal (name)
  "Start NAME and return what the user is told."
  (when (get-buffer "*launch-ls*") (kill-buffer "*launch-ls*"))
  (launch-ls-debug name)
  (rig-text (rig-await "refusal" (lambda () (get-buffer "*launch-ls*")))))

(rig-run
 (rig-edit "app.py")
 (rig-equal (refusal "refused")
            (concat "There is no interpreter at 'nowhere/python'.\n"
                    "  tried nowhere/python\n  tried .venv/bin/python\n"
                    "Set 'python' to an interpreter.\n\n.vscode/launch.json:3\n"))
 (with-current-buffer "*launch-ls*"
   (forward-button 1)
   (push-button))
 (with-current-buffer (window-buffer)
   (rig-equal buffer-file-name (expand-file-name ".vscode/launch.json" rig-ws))
   (rig-equal (line-number-at-pos) 3))

 (rig-edit "app.py")
 (rig-equal (refusal "task fails") "The task 'build' ended with code 2.\n\nno luck\n")
 (rig-equal (rig-text (launch-ls-output-buffer)) "building\nno luck\n"))
