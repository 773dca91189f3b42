"""The sample of `npm start`: greets as many people as its environment names."""

import os


def greet(name, excitement):
    greeting = os.environ["GREETING"]
    text = f"{greeting}, {name}{'!' * excitement}"
    return text


def main():
    people = os.environ.get("PEOPLE", "world").split(":")
    for excitement, name in enumerate(people, start=1):
        print(greet(name, excitement))


if __name__ == "__main__":
    main()
