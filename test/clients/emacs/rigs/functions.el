;;; Functions of `launch-ls-commands' that fail or are left -*- lexical-binding: t; no-byte-compile: t -*-
(setq launch-ls-commands
      (list (cons "works" (lambda (arguments) (format "%s" arguments)))
            (cons "fails" (lambda (_) (error "No luck")))
            (cons "left" (lambda (_) (signal 'quit nil)))
            (cons "thrown" (lambda (_) (throw 'nowhere t)))
            (cons "number" (lambda (_) 7))
            (cons "quits" (lambda (_) (rig-equal inhibit-quit nil) "can be left"))))

(defun reply-of (command)
  "Return what the server is told when it asks for COMMAND."
  (let (told)
    (funcall (launch-ls--message 'debug/command (list :command command :args "x"))
             (lambda (&rest reply) (setq told (list reply))))
    (car (rig-await command (lambda () told)))))

(rig-run
 (rig-equal (reply-of "works") '((:value "x")))
 (rig-equal (reply-of "quits") '((:value "can be left")))
 (rig-equal (reply-of "left") '(nil))
 (rig-equal (reply-of "fails") '(nil "No luck"))
 (rig-equal (length (reply-of "thrown")) 2)
 (rig-equal (reply-of "number") '(nil "number of ‘launch-ls-commands’ gives 7, which is not a string"))
 (rig-equal rig-shown nil))
