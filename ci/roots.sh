# Fresh root file systems of Debian releases, for proofs of what works where nothing was built or installed.
# Needs: debootstrap and bubblewrap (installed where they are missing), root. Sourced after common.sh, never run. A new root
# takes half a minute, and a few seconds from then on.
# shellcheck shell=bash

roots=$root/build/roots

# The mirror that this machine's apt has.
mirror() { apt-get indextargets --format '$(SITE)' 2>/dev/null | grep -v security | head -n 1; }

# fresh_root SUITE NAME: prints the folder of a new root of that release, with an ordinary user `tester`.
fresh_root() {
    local suite=$1 folder=$roots/$2
    [ "$(id -u)" -eq 0 ] || die "needs root, to set up the root file systems; they are used as an ordinary user"
    command -v debootstrap >/dev/null && command -v bwrap >/dev/null ||
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install debootstrap bubblewrap >/dev/null
    if [ ! -e "$roots/$suite.base/etc/guise-root" ]; then
        rm -rf "$roots/$suite.base"
        mkdir -p "$roots"
        debootstrap --variant=minbase --include=ca-certificates "$suite" "$roots/$suite.base" "$(mirror)" >&2
        echo "tester:x:1000:1000::/var/tester:/bin/bash" >>"$roots/$suite.base/etc/passwd"
        echo "tester:x:1000:" >>"$roots/$suite.base/etc/group"
        mkdir "$roots/$suite.base/var/tester"
        chown 1000:1000 "$roots/$suite.base/var/tester"
        echo 'APT::Sandbox::User "root";' >"$roots/$suite.base/etc/apt/apt.conf.d/90sandbox" # no user of apt in there
        touch "$roots/$suite.base/etc/guise-root" # all of it is there, and it is ours to remove
    fi
    if [ -e "$folder" ]; then
        [ -e "$folder/etc/guise-root" ] || die "$folder is in the way"
        rm -rf "$folder"
    fi
    cp -a "$roots/$suite.base" "$folder"
    echo "$folder"
}

# Inside, by pivot_root: a process in a chroot may not make namespaces, which clients are run in.
inside() {
    local folder=$1
    shift
    "${as[@]}" bwrap --bind "$folder" / --dev /dev --proc /proc --perms 1777 --tmpfs /tmp --ro-bind /etc/resolv.conf /etc/resolv.conf \
        --ro-bind-try /etc/hosts /etc/hosts --bind "$root/build/packages" /packages --clearenv \
        --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --setenv LANG C.UTF-8 --die-with-parent "$@"
}

# as_root FOLDER COMMAND...: to set it up.
as_root() {
    local folder=$1 as=()
    shift
    inside "$folder" --cap-add ALL --setenv HOME /root --setenv DEBIAN_FRONTEND noninteractive -- "$@"
}

# as_user FOLDER COMMAND...: as the ordinary user, at home. It has no other rights outside either.
as_user() {
    local folder=$1 as=(setpriv --reuid 1000 --regid 1000 --clear-groups)
    shift
    inside "$folder" --unshare-user --unshare-pid --setenv HOME /var/tester --chdir /var/tester -- "$@"
}

# install_in FOLDER PACKAGE...: Debian packages, by name or by path below /packages.
install_in() {
    local folder=$1
    shift
    as_root "$folder" sh -ec 'apt-get -qq update
        apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install "$@" >log 2>&1 ||
        { cat log; exit 1; }' sh "$@"
}
