package tunnel

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// maxSSHLine bounds one line of what a service writes, in bytes.
const maxSSHLine = 16 << 10

// escapes are the codes that colour and move text in a terminal: ECMA-48, 5.4,
// and the titles of windows.
var escapes = regexp.MustCompile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)")

// hostNames are names with a dot that begin a word of a text, alone or as an
// address: services also write what was asked for, and senders choose its path.
var hostNames = regexp.MustCompile(`(?:^|[\s"'(<\[|,])(?:https?://)?([A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+)`)

// publicURL finds the address that a service gave in a line of what it writes,
// "" when there is none.
func publicURL(line string, domains []string) string {
	for _, found := range hostNames.FindAllStringSubmatch(escapes.ReplaceAllString(line, ""), -1) {
		host := strings.ToLower(found[1])
		if isServicePage(host) {
			continue
		}
		for _, domain := range domains {
			if strings.HasSuffix(host, strings.ToLower(domain)) && len(host) > len(domain) {
				return "https://" + host
			}
		}
	}
	return ""
}

// eachLine calls do with every line of r, longer ones in pieces.
func eachLine(r io.Reader, do func(string)) {
	in := bufio.NewReaderSize(r, maxSSHLine)
	for {
		line, _, err := in.ReadLine()
		if len(line) > 0 {
			do(string(line))
		}
		if err != nil {
			return
		}
	}
}
