;;; launch-ls-dape.el --- launch-ls for dape  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; The bridge to dape: its list of configurations, and the sessions of the server's
;; broker.  Children and restarts are dape's own.
;;
;; dape starts a configuration while Emacs waits.  Ours may take minutes: tasks run first, and
;; the user is asked.  So a configuration of our list goes to the server instead, and
;; dape gets it back as a session that is ready.

;;; Code:

(require 'launch-ls)

(defvar dape--connection-selected)
(defvar dape-configs)
(declare-function dape "dape" (config &optional skip-compile))
(declare-function dape-continue "dape" (connection))
(declare-function dape--config "dape" (connection))
(declare-function dape--live-connection "dape" (type &optional nowarn require-selected))
(declare-function dape--root-of "dape" (connection))

;;;###autoload
(defun launch-ls-dape-setup ()
  "Offer the configurations of launch.json in dape."
  (add-hook 'dape-read-config-hook #'launch-ls-dape--offer)
  (advice-add 'dape :around #'launch-ls-dape--start-ours))

;;;###autoload
(defun launch-ls-dape-start (session)
  "Run SESSION, a DebugSession of the server, in dape."
  (require 'dape)
  (dape (launch-ls-dape--config session)))

;;;###autoload
(defun launch-ls-dape-continue ()
  "Continue a session of dape that has stopped; return nil when there is none."
  (when-let ((connection (dape--live-connection 'stopped t)))
    (dape-continue connection)
    t))

;;;###autoload
(defun launch-ls-dape-token ()
  "Return the token of the session that is selected in dape, or of its parent."
  (when-let ((connection dape--connection-selected))
    (and (jsonrpc-running-p connection)
         (plist-get (dape--config (dape--root-of connection)) :token))))

(defun launch-ls-dape--config (session)
  "Return dape's configuration for SESSION."
  (let ((endpoint (plist-get session :endpoint)))
    (append (list 'host (plist-get endpoint :host) 'port (plist-get endpoint :port))
            (copy-sequence (plist-get session :configuration)))))

;;; The list of M-x dape

(defvar-local launch-ls-dape--offered nil
  "What `dape-configs' of this buffer was made, and whether the buffer had others.")

(defun launch-ls-dape--offer ()
  "Put the configurations of the folder before the others of this buffer."
  (when-let ((root (launch-ls-root)))
    (let ((own (and (local-variable-p 'dape-configs)
                    (or (not (eq dape-configs (car launch-ls-dape--offered)))
                        (cdr launch-ls-dape--offered))))
          entries)
      (pcase-dolist (`(,text . ,item) (launch-ls-named (launch-ls-try #'launch-ls-startable root)))
        (push (launch-ls-dape--entry root text item entries) entries))
      (setq-local dape-configs
                  (append (nreverse entries)
                          (seq-remove (lambda (entry) (plist-get (cdr entry) 'launch-ls-root))
                                      (if own dape-configs (default-value 'dape-configs)))))
      (setq launch-ls-dape--offered (cons dape-configs own)))))

(defun launch-ls-dape--entry (root text item others)
  "Return an entry of `dape-configs' for ITEM of ROOT, whose name is TEXT.
Its key is none of OTHERS."
  (let* ((words (string-trim-right (replace-regexp-in-string "[^[:alnum:]_.]+" "-" text) "-"))
         (wanted (concat "launch-ls/" words))
         (key wanted)
         (count 1))
    (while (assq (intern key) others)
      (setq count (1+ count)
            key (format "%s-%d" wanted count)))
    (list (intern key) 'launch-ls-root root 'launch-ls-folder (plist-get item :folder)
          :type "launch-ls" :request "launch" :name (plist-get item :name))))

(defun launch-ls-dape--start-ours (dape config &rest more)
  "Start CONFIG by the server when it is of our list.
Else call DAPE with it and MORE."
  (if-let ((root (plist-get config 'launch-ls-root)))
      (launch-ls-start root (launch-ls-params (plist-get config :name) (plist-get config 'launch-ls-folder))
                       #'launch-ls-dape-start)
    (apply dape config more)))

(provide 'launch-ls-dape)
;;; launch-ls-dape.el ends here
