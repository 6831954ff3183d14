"""Dies at the first attempt."""

import sys

from plain import Plain


class Dies(Plain):
    def client_connect(self, _number, _params):
        print("no display\ncannot open the window", file=sys.stderr)
        sys.exit(7)


Dies().serve()
