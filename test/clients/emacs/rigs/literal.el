;;; Arguments, environment and folder of a program in a terminal: no shell makes something else of them -*- lexical-binding: t; no-byte-compile: t -*-
(defun literally (shown)
  "Wait until SHOWN gives what the program says, all of it."
  (let ((text (rig-await "the program's words"
                         (lambda () (let ((text (funcall shown))) (and (string-match-p "^cwd .*\n" text) text)))
                         20)))
    (dolist (line '("args True" "env True True" "cwd an $odd folder ['literal.py', 'odd.json']"))
      (unless (string-search line text) (error "no %s in %s" line text)))))

(rig-run
 (rig-edit "app.py")
 (launch-ls-debug "literal")
 (literally #'rig-terminals)
 (rig-ended)

 (when (featurep 'dap-mode)
   (setq dap-external-terminal '("sh" "-c" "exec {command} >../outside.txt"))
   (launch-ls-debug "literal outside")
   (literally (lambda ()
                (with-temp-buffer
                  (ignore-errors (insert-file-contents (expand-file-name "outside.txt" rig-ws)))
                  (buffer-string))))
   (rig-ended))
 (rig-equal (get-buffer "*launch-ls*") nil))
