;;; dape as a user has it, in the terms of rig-… -*- lexical-binding: t; no-byte-compile: t -*-
(require 'dape)

(defvar rig-stops nil "Sessions that have stopped and that no rig has looked at, the oldest first.")
(defvar rig-threads (make-hash-table :test #'eq) "The thread that stopped last, of each session.")
(cl-defmethod dape-handle-event :after (session (_event (eql 'stopped)) body)
  (puthash session (plist-get body :threadId) rig-threads)
  (setq rig-stops (append rig-stops (list session))))

(defun rig-pick (name)
  "Pick the configuration NAME in the list of `M-x dape'."
  (cl-letf (((symbol-function 'read-from-minibuffer)
             (lambda (&rest _)
               (let ((entries (seq-filter (lambda (entry) (equal (plist-get (cdr entry) :name) name)) dape-configs)))
                 (unless (length= entries 1) (error "%s is not once in `dape-configs'" name))
                 (car (push (symbol-name (caar entries)) dape-history)))))
            ((symbol-function 'yes-or-no-p) #'ignore))
    (call-interactively #'dape)))

(defun rig-break (&optional condition log-message)
  "Set a breakpoint in the line of point, with CONDITION or LOG-MESSAGE."
  (cond (condition (dape-breakpoint-expression condition))
        (log-message (dape-breakpoint-log log-message))
        (t (dape-breakpoint-toggle))))

(defun rig-unbreak ()
  "Remove all breakpoints."
  (dape-breakpoint-remove-all))

(defun rig-session-name (session)
  "Return the name of SESSION."
  (plist-get (dape--config session) :name))

(defun rig-frame (session)
  "Return the topmost frame of SESSION, where it has stopped; dape's own may still be that of the last stop."
  (seq-elt (rig-ask session :stackTrace :stackFrames (list :threadId (gethash session rig-threads) :levels 1)) 0))

(defun rig-frame-place (frame)
  "Return the file and the line of FRAME."
  (cons (plist-get (plist-get frame :source) :path) (plist-get frame :line)))

(defun rig-current ()
  "Return the session that the debugger's commands are for."
  (dape--live-connection 'stopped t))

(defun rig-select (session)
  "Make SESSION the one that commands are for."
  (setq dape--connection-selected session))

(defun rig-ask (session command key arguments)
  "Send SESSION a request COMMAND with ARGUMENTS; return KEY of its answer."
  (let (answered body failure)
    (dape-request session command arguments
                  (lambda (answer refused) (setq answered t body answer failure refused)))
    (rig-await command (lambda () answered))
    (when failure (error "%s: %s" command failure))
    (plist-get body key)))

(defun rig-local (session name)
  "Return the value of the local variable NAME where SESSION has stopped."
  (let ((scope (seq-elt (rig-ask session :scopes :scopes (list :frameId (plist-get (rig-frame session) :id))) 0)))
    (plist-get (seq-find (lambda (variable) (equal (plist-get variable :name) name))
                         (rig-ask session :variables :variables
                                  (list :variablesReference (plist-get scope :variablesReference))))
               :value)))

(defun rig-next (session)
  (rig-select session)
  (call-interactively #'dape-next))

(defun rig-resume (session)
  (rig-select session)
  (call-interactively #'dape-continue))

(defun rig-debugger-restart ()
  "Restart by the debugger's own command."
  (call-interactively #'dape-restart))

(defun rig-debugger-again ()
  "Debug the last one again by the debugger's own command."
  (dape-restart nil))

(defun rig-debugger-stop ()
  "Stop by the debugger's own command."
  (call-interactively #'dape-kill))

(defun rig-sessions ()
  "Return the sessions that run."
  (dape--live-connections))

(defun rig-output ()
  "Return what the sessions have printed."
  (if-let ((buffer (get-buffer "*dape-repl*"))) (rig-text buffer) ""))

(defun rig-pick-shown (key)
  "Pick the entry KEY in the list of `M-x dape'."
  (cl-letf (((symbol-function 'read-from-minibuffer)
             (lambda (&rest _)
               (unless (assq (intern key) dape-configs) (error "%s is not in %S" key (mapcar #'car dape-configs)))
               (car (push key dape-history))))
            ((symbol-function 'yes-or-no-p) #'ignore))
    (call-interactively #'dape)))
