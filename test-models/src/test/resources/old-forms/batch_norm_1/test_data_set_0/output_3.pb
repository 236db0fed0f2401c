B
saved_meanJÊì?«3d?…‘H?