;;; launch-ls-dape.el --- launch-ls for dape  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; The bridge to dape: its list of configurations, and the sessions of the server's
;; broker.  Children and restarts are dape's own.

;;; Code:

(require 'launch-ls)

(defvar dape-configs)
(declare-function dape "dape" (config &optional skip-compile))

;;;###autoload
(defun launch-ls-dape-setup ()
  "Offer the configurations of launch.json in dape."
  (add-hook 'dape-read-config-hook #'launch-ls-dape--offer))

;;;###autoload
(defun launch-ls-dape-start (session)
  "Run SESSION, a DebugSession of the server, in dape."
  (require 'dape)
  (dape (launch-ls-dape--config session)))

(defun launch-ls-dape--config (session)
  "Return dape's configuration for SESSION."
  (let ((endpoint (plist-get session :endpoint)))
    (append (list 'host (plist-get endpoint :host) 'port (plist-get endpoint :port))
            (copy-sequence (plist-get session :configuration)))))

;;; The list of M-x dape

(defun launch-ls-dape--offer ()
  "Put the configurations of the folder before the others of this buffer."
  (when-let ((root (launch-ls-root)))
    (setq-local dape-configs
                (append (mapcar (lambda (item) (launch-ls-dape--entry root (plist-get item :name)))
                                (launch-ls-items root))
                        (default-value 'dape-configs)))))

(defun launch-ls-dape--entry (root name)
  "Return an entry of `dape-configs' for NAME, a configuration of ROOT."
  (list (intern (concat "launch-ls/" (replace-regexp-in-string "[^[:alnum:]_.]+" "-" name)))
        'fn #'launch-ls-dape--resolve
        'launch-ls-root root
        :type "launch-ls" :request "launch" :name name))

(defun launch-ls-dape--resolve (config)
  "Start CONFIG and wait for it; return its session for dape.
Quitting cancels it."
  (if (plist-get config :token)
      config
    (let (sessions)
      (launch-ls-start (or (plist-get config 'launch-ls-root) (launch-ls-root))
                       (list :configuration (plist-get config :name))
                       (lambda (session) (setq sessions (append sessions (list session)))))
      (let ((cancel (car launch-ls--pending)))
        (unwind-protect
            (while (memq cancel launch-ls--pending)
              (accept-process-output nil 0.05))
          (when (memq cancel launch-ls--pending)
            (launch-ls--forget cancel)
            (funcall cancel))))
      (unless sessions (user-error "%s was not started" (plist-get config :name)))
      ;; The others of a compound beside the first.
      (dolist (session (cdr sessions)) (run-at-time 0 nil #'launch-ls-dape-start session))
      (launch-ls-dape--config (car sessions)))))

(provide 'launch-ls-dape)
;;; launch-ls-dape.el ends here
