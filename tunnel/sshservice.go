package tunnel

// SSHService is a public service that forwards over SSH without an account:
// data for SSHOptions that a user may change.
type SSHService struct {
	Name    string
	Server  string
	Bind    string
	Run     string
	Domains []string
}

// SSHServices returns the services that are known, as their own documentation
// describes them in November 2026. Their names and limits change.
func SSHServices() []SSHService {
	return []SSHService{
		{
			Name: "srv.us", Server: "srv.us", Bind: "1", Domains: []string{".srv.us"},
		},
		{
			Name: "localhost.run", Server: "nokey@localhost.run", Bind: "80", Run: "--output json",
			Domains: []string{".lhr.life", ".lhr.rocks", ".lhrtunnel.link"},
		},
		{
			Name: "pinggy", Server: "free@free.pinggy.io:443", Bind: "0",
			Domains: []string{".pinggy.link", ".pinggy.io", ".pinggy-free.link"},
		},
		{
			Name: "serveo", Server: "serveo.net", Bind: "80", Domains: []string{".serveo.net", ".serveousercontent.com"},
		},
	}
}

// isServicePage tells whether a host is where a service registers its users: it
// may say so beside the address, and under the same domain.
func isServicePage(host string) bool {
	return host == "console.serveo.net" || host == "dashboard.pinggy.io"
}
