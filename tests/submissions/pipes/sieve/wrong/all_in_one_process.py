"""The same primes, without all those processes.

Explanation: different processes for the 10 primes below 30
"""

import os


def sieve(limit):
    primes = []
    for number in range(2, limit):
        if all(number % prime for prime in primes):
            primes.append(number)
    return [(prime, os.getpid()) for prime in primes]
