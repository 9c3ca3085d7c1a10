package console

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"
)

// person is somebody who can be asked.
type person struct {
	s     *session
	file  *os.File
	lines *bufio.Reader
}

// person returns who sits at the terminal, nil when nobody does or when
// standard input is taken for something else.
func (s *session) person(taken bool) *person {
	file, ok := s.stdin.(*os.File)
	if !ok || taken || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return &person{s, file, bufio.NewReader(file)}
}

// ask puts a question and reads one line; a hidden answer is not echoed.
func (p *person) ask(question string, hidden bool) (string, error) {
	p.s.err.write([]byte(question + ": "))
	if hidden {
		answer, err := term.ReadPassword(int(p.file.Fd()))
		p.s.err.write([]byte("\n"))
		if err != nil {
			return "", fmt.Errorf("reading the answer: %w", err)
		}
		return strings.TrimSpace(string(answer)), nil
	}
	answer, err := p.lines.ReadString('\n')
	if err != nil {
		return "", wrongUse("no answer to: "+question, "give it as a flag")
	}
	return strings.TrimSpace(answer), nil
}
