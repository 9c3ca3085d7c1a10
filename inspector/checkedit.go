package inspector

import (
	"fmt"
	"strings"

	"shopbell/providers/signature"
)

// CheckEdit tells whether an edited m can be sent: what Replay would otherwise
// put into its delivery as an error.
func CheckEdit(m signature.Message) error {
	if !strings.HasPrefix(m.Target, "/") {
		return fmt.Errorf("the path is %q, expected one that begins with \"/\"", m.Target)
	}
	for _, f := range m.Header {
		if !signature.IsToken(f.Name) {
			return fmt.Errorf("the header name is %q, expected letters, digits and dashes", f.Name)
		}
	}
	_, err := compose(m, address{host: "shop", target: m.Target}, "")
	return err
}
