package tunnel

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
)

// unreached is an error on the way to the server.
func (s *sshSession) unreached(err error) *Error {
	return &Error{
		Says:   fmt.Sprintf("connect to the SSH server %s: %s", s.o.address, plainMessage(err.Error())),
		Advice: sshNetworkAdvice(err), cause: err,
	}
}

func sshNetworkAdvice(err error) string {
	if strings.Contains(err.Error(), "refused") {
		return "Check host and port, and that an SSH server listens there."
	}
	return "Check that this machine is on the internet, and the server's name."
}

// notIn is a handshake or a log-in that failed. given is why the attempt's
// context ended, if it did.
func (s *sshSession) notIn(err, given error, keys *login) *Error {
	text := err.Error()
	var broken *net.OpError
	switch {
	case errors.As(err, &broken) && broken.Net == "tcp" && given == nil:
		return s.unreached(err)
	case given != nil:
		return &Error{
			Says:   "connect to the SSH server " + s.o.address + ": no answer in time",
			Advice: "Check the network; something in between may hold SSH up.", cause: given,
		}
	case strings.Contains(text, "unable to authenticate"), strings.Contains(text, "message type 51"): // SSH_MSG_USERAUTH_FAILURE
		advice := "Add a public key of this machine to the server's authorized_keys, or choose the key file that it knows."
		if len(keys.locked) > 0 {
			advice += fmt.Sprintf(" The key %q needs a passphrase: add it to the SSH agent with ssh-add.", keys.locked[0])
		}
		return s.quoting(refuse(advice, "the SSH server %s let user %q in with none of %d keys", s.o.address, s.o.user, len(keys.signers)))
	case strings.Contains(text, "version string"), strings.Contains(text, "packet length"), errors.Is(err, io.EOF):
		return &Error{
			Says:   fmt.Sprintf("what answers at %s is no SSH server: %s", s.o.address, plainMessage(text)),
			Advice: "Check host and port; in a network with a log-in page of its own, log in there first.", cause: err, refused: true,
		}
	}
	return &Error{
		Says:   fmt.Sprintf("agree with the SSH server %s: %s", s.o.address, plainMessage(text)),
		Advice: "Check that the server is an OpenSSH of the last years.", cause: err, refused: true,
	}
}

// notForwarded is a server that does not listen for us. A later session may
// succeed: the one before may still hold the address.
func (s *sshSession) notForwarded() *Error {
	at := "a port of its choice"
	if s.bound.Port != 0 {
		at = fmt.Sprintf("port %d", s.bound.Port)
	}
	return s.quoting(refuse("Choose another port, or ask the server's owner to allow forwarding (AllowTcpForwarding, PermitListen, GatewayPorts).",
		"the SSH server %s does not listen on %s for us: it is taken, or forwarding is not allowed", s.o.address, at))
}

// unsaid is a service that did not say its address.
func (s *sshSession) unsaid(err error) *Error {
	says := fmt.Sprintf("the SSH server %s did not say its public address (one that ends with %s)", s.o.address, strings.Join(s.o.Domains, " or "))
	advice := "Check the service's documentation: the ends of its addresses or the command may have changed."
	return s.quoting(&Error{Says: says, Advice: advice, cause: err, refused: true})
}

// quoting adds the last line that the server wrote.
func (s *sshSession) quoting(e *Error) *Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.said != "" {
		e.Says += "; it says: " + s.said
	}
	return e
}

// lostLink is why a session is over.
func (s *sshSession) lostLink(err error) *Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.why != nil {
		return s.why
	}
	says := "the SSH server " + s.o.address + " ended the connection"
	if err != nil && !errors.Is(err, io.EOF) {
		says += ": " + plainMessage(err.Error())
	}
	return &Error{Says: says, Advice: "It is tried again by itself.", cause: err}
}
