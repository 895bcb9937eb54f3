// The link test's program: a library of ours is linked whole into it, with nothing but what it declares.
int main() {}
