;;; dap-mode as a user has it, in the terms of rig-… -*- lexical-binding: t; no-byte-compile: t -*-
(require 'dap-mode)
(require 'dap-ui)
(dap-mode 1)

;; Dap-mode signals an error for each request that is refused because the session has been stopped.  It is a message
;; to a user, and the end of a batch Emacs.
(advice-add 'dap--create-filter-function :filter-return
            (lambda (filter)
              (lambda (&rest arguments)
                (condition-case failure
                    (apply filter arguments)
                  (error (message "error in process filter: %s" (error-message-string failure)))))))

(defvar rig-stops nil "Sessions that have stopped and that no rig has looked at, the oldest first.")
(add-hook 'dap-stopped-hook (lambda (session) (setq rig-stops (append rig-stops (list session)))))

(defun rig-pick (name)
  "Pick the configuration NAME in the list of `M-x dap-debug'."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt offered &rest _)
               (let ((names (mapcar (lambda (entry) (if (consp entry) (car entry) entry)) offered)))
                 (unless (equal (seq-count (lambda (offer) (equal offer name)) names) 1)
                   (error "%s is not once among %S" name names))
                 name))))
    (call-interactively #'dap-debug)))

(defun rig-break (&optional condition log-message)
  "Set a breakpoint in the line of point, with CONDITION and LOG-MESSAGE."
  (dap-breakpoint-add)
  (pcase-dolist (`(,value . ,command) `((,condition . dap-breakpoint-condition)
                                        (,log-message . dap-breakpoint-log-message)))
    (when value
      (cl-letf (((symbol-function 'read-string) (lambda (&rest _) value)))
        (call-interactively command)))))

(defun rig-unbreak ()
  "Remove all breakpoints."
  (dap-breakpoint-delete-all))

(defun rig-session-name (session)
  "Return the name of SESSION, without the number that dap-mode gives to one more of a name."
  (replace-regexp-in-string "<[0-9]+>\\'" "" (dap--debug-session-name session)))

(defun rig-frame (session)
  "Return the topmost frame of SESSION once it is known."
  (when-let ((thread (dap--debug-session-thread-id session)))
    (car (gethash thread (dap--debug-session-thread-stack-frames session)))))

(defun rig-frame-place (frame)
  "Return the file and the line of FRAME."
  (cons (gethash "path" (gethash "source" frame)) (gethash "line" frame)))

(defun rig-current ()
  "Return the session that the debugger's commands are for."
  (dap--cur-session))

(defun rig-select (session)
  "Make SESSION the one that commands are for."
  (unless (eq session (dap--cur-session))
    (dap--switch-to-session session)))

(defun rig-ask (session command key &rest arguments)
  "Send SESSION a request COMMAND with ARGUMENTS; return KEY of its answer."
  (gethash key (with-timeout (10 (error "%s: no answer" command))
                 (apply #'dap-request session command arguments))))

(defun rig-local (session name)
  "Return the value of the local variable NAME where SESSION has stopped."
  (let ((scope (seq-elt (rig-ask session "scopes" "scopes" :frameId (gethash "id" (rig-frame session))) 0)))
    (gethash "value"
             (seq-find (lambda (variable) (equal (gethash "name" variable) name))
                       (rig-ask session "variables" "variables"
                                :variablesReference (gethash "variablesReference" scope))
                       (make-hash-table)))))

(defun rig-next (session)
  (rig-select session)
  (call-interactively #'dap-next))

(defun rig-resume (session)
  (rig-select session)
  (call-interactively #'dap-continue))

(defun rig-debugger-restart ()
  "Restart by the debugger's own command."
  (call-interactively #'dap-debug-restart))

(defun rig-debugger-again ()
  "Debug the last one again by the debugger's own command."
  (call-interactively #'dap-debug-last))

(defun rig-debugger-stop ()
  "Stop by the debugger's own command."
  (call-interactively #'dap-disconnect))

(defun rig-sessions ()
  "Return the sessions that run."
  (seq-filter #'dap--session-running (dap--get-sessions)))

(defun rig-output ()
  "Return what the sessions have printed."
  (mapconcat (lambda (session)
               (let ((buffer (get-buffer (dap--debug-session-output-buffer session))))
                 (if (buffer-live-p buffer) (rig-text buffer) "")))
             (dap--get-sessions) ""))

(defalias 'rig-pick-shown #'rig-pick)
