"""Answers the first connection with JSON that is 100,000 arrays deep: more than a recursive reader has stack for."""

from plain import Plain


class Deep(Plain):
    def client_connect(self, number, params):
        print('{"jsonrpc":"2.0","id":%s,"result":%s}' % (number, "[" * 100_000 + "]" * 100_000), flush=True)
        super().client_connect(number, params)


Deep().serve()
