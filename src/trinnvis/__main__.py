from trinnvis.cli import main

main()
