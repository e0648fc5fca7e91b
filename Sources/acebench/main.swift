print("acebench")
