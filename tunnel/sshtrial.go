package tunnel

import "context"

// TrySSH connects and logs in as SSH would, asks for nothing and writes nothing.
// Its errors are those of SSH. ctx bounds the attempt.
func TrySSH(ctx context.Context, o SSHOptions) error {
	if err := o.clean(); err != nil {
		return err
	}
	o.trial, o.Trust = true, nil
	l := newLine(newTunnel(KindSSH), o.open)
	defer l.stop()
	s := newSSHSession(l, o)
	defer s.hangUp()
	attempt, stop := context.WithTimeout(ctx, sshHandshake)
	defer stop()
	if err := s.connect(attempt); err != nil {
		return err
	}
	return nil
}
