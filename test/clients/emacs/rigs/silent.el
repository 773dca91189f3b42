;;; A server that never answers -*- lexical-binding: t; no-byte-compile: t -*-
(rig-stand-in #'ignore)

(defun servers ()
  "Return the processes of servers that live."
  (seq-filter (lambda (process) (and (string-prefix-p "launch-ls" (process-name process))
                                     (memq (process-status process) '(run open))
                                     (process-command process)))
              (process-list)))

(defun nothing-left ()
  (rig-await "end of the server" (lambda () (null (servers)))))

(rig-run
 (setq launch-ls-command '("sleep" "1066") launch-ls--patience-of-start 0.3)
 (rig-edit "app.py")
 (dotimes (_ 2)
   (let ((text (condition-case failure (launch-ls-debug "app") (user-error (cadr failure)))))
     (unless (string-match-p "\\`The server does not start (.*): buffer" text) (error "%s" text)))
   (nothing-left))
 ;; C-g while Emacs waits.
 (setq launch-ls--patience-of-start 20)
 (run-at-time 0.3 nil (lambda () (setq quit-flag t)))
 (rig-equal (condition-case nil (launch-ls-debug "app") (quit 'left)) 'left)
 (nothing-left)
 ;; Nobody is told that it has ended, for it never began.
 (rig-equal (seq-filter (lambda (shown) (string-search "has ended" shown)) rig-shown) nil)
 (rig-equal launch-ls--pending nil))
