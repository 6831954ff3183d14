// Says what Go's crypto/x509 finds wrong with a chain: one word a line, nothing where all is well.
//
//	verifier ROOTS.pem CHAIN.pem HOST TIME
//
// Verify stops at the first error, so it is asked several times: for the name alone, for the path without the name and
// the purpose, and, where there is no anchor, as if the last certificate that is shown were one.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

// What UnknownAuthorityError says only in its text: why the candidates for an issuer were none.
var hints = []struct{ text, word string }{
	{"insecure algorithm", "insecure-algorithm"},
	{"verification failure", "bad-signature"},
	{"verification error", "bad-signature"},
	{"cannot sign this kind", "not-a-ca"},
	{"not authorized to sign", "not-a-ca"},
	{"algorithm unimplemented", "unknown-algorithm"},
}

var reasons = map[x509.InvalidReason]string{
	x509.NotAuthorizedToSign:           "not-a-ca",
	x509.Expired:                       "expired",
	x509.CANotAuthorizedForThisName:    "name-constraint",
	x509.TooManyIntermediates:          "path-length",
	x509.IncompatibleUsage:             "purpose",
	x509.NameMismatch:                  "name-mismatch",
	x509.NameConstraintsWithoutSANs:    "name-constraint",
	x509.UnconstrainedName:             "name-constraint",
	x509.TooManyConstraints:            "name-constraint",
	x509.CANotAuthorizedForExtKeyUsage: "purpose",
}

func hinted(text string) string {
	for _, hint := range hints {
		if strings.Contains(text, hint.text) {
			return hint.word
		}
	}
	return "unknown-issuer"
}

func word(err error) string {
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		if strings.Contains(err.Error(), "is before") {
			return "not-yet-valid"
		}
		return "expired"
	case errors.As(err, &invalid):
		return reasons[invalid.Reason]
	case errors.As(err, new(x509.HostnameError)):
		return "wrong-name"
	case errors.As(err, new(x509.UnhandledCriticalExtension)):
		return "unknown-critical"
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return hinted(err.Error())
	}
	return hinted(err.Error())
}

// Reads all certificates that it can; what it cannot read, it finds malformed, as crypto/tls does, which stops there.
func read(file string, found map[string]string) []*x509.Certificate {
	rest, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	var out []*x509.Certificate
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			found["malformed"] = err.Error()
			continue
		}
		out = append(out, certificate)
	}
	return out
}

func pool(certificates []*x509.Certificate) *x509.CertPool {
	out := x509.NewCertPool()
	for _, each := range certificates {
		out.AddCert(each)
	}
	return out
}

// Asks for the name alone, and for the path with and without the name and the purpose of a server.
func examine(roots, chain []*x509.Certificate, host string, at time.Time, found map[string]string) {
	leaf := chain[0]
	ask := func(anchors []*x509.Certificate, name string, usages ...x509.ExtKeyUsage) {
		options := x509.VerifyOptions{Roots: pool(anchors), Intermediates: pool(chain[1:]), DNSName: name,
			CurrentTime: at, KeyUsages: usages}
		if _, err := leaf.Verify(options); err != nil {
			found[word(err)] = err.Error()
		}
	}
	if err := leaf.VerifyHostname(host); err != nil {
		found["wrong-name"] = err.Error()
	}
	for _, name := range []string{host, ""} {
		ask(roots, name)
		ask(roots, name, x509.ExtKeyUsageAny)
	}
	if found["unknown-issuer"] != "" {
		ask(chain[len(chain)-1:], "", x509.ExtKeyUsageAny)
	}
	// The dates come first, and hide whether there is an anchor.
	if at.Before(leaf.NotBefore) || at.After(leaf.NotAfter) {
		options := x509.VerifyOptions{Roots: pool(roots), Intermediates: pool(chain[1:]), CurrentTime: leaf.NotAfter}
		if _, err := leaf.Verify(options); errors.As(err, new(x509.UnknownAuthorityError)) {
			found[word(err)] = err.Error()
		}
	}
}

func main() {
	found := map[string]string{}
	roots, chain := read(os.Args[1], found), read(os.Args[2], found)
	if found["malformed"] == "" {
		seconds, err := strconv.ParseInt(os.Args[4], 10, 64)
		if err != nil {
			panic(err)
		}
		examine(roots, chain, os.Args[3], time.Unix(seconds, 0), found)
	}
	words := make([]string, 0, len(found))
	for each := range found {
		words = append(words, each)
	}
	sort.Strings(words)
	for _, each := range words {
		fmt.Printf("%s\t%s\n", each, strings.ReplaceAll(found[each], "\n", " "))
	}
}
