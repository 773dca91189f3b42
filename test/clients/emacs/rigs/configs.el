;;; `dape-configs' that a buffer has by itself -*- lexical-binding: t; no-byte-compile: t -*-
(defun offered ()
  "Return the keys that dape offers, without those of dape itself."
  (run-hooks 'dape-read-config-hook)
  (seq-filter (lambda (key) (string-match-p "launch-ls/app\\|mine\\|yours\\|ours" (symbol-name key)))
              (mapcar #'car dape-configs)))

(rig-run
 (rig-edit "app.py")
 (rig-equal (offered) '(launch-ls/app))
 (push '(ours :type "x") (default-value 'dape-configs))
 (rig-equal (offered) '(launch-ls/app ours))
 (setq-local dape-configs '((mine :type "x")))
 (rig-equal (offered) '(launch-ls/app mine))
 (rig-equal (offered) '(launch-ls/app mine))
 (add-to-list 'dape-configs '(yours :type "x"))
 (rig-equal (offered) '(launch-ls/app yours mine))
 (kill-local-variable 'dape-configs)
 (rig-equal (offered) '(launch-ls/app ours)))
