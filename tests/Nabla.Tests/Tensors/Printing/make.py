"""Writes numpy.json: how NumPy prints arrays, for the tests of Tensor.ToString."""
import json

import numpy as np

cases=[("Float32",(3,),[1,2.5,-3.25]),("Float32",(2,3),[1,2,3,4,5,6]),("Float32",(3,),[0.1,0.2,1/3]),("Float64",(3,),[0.1,0.2,1/3]),
("Float64",(2,),[1e10,1.5e-3]),("Float32",(3,),[1e-5,1,2]),("Float32",(3,),[float('nan'),1.5,float('inf')]),("Float32",(2,),[float('-inf'),0]),("Float32",(2,),[float('nan'),1e9]),
("Float32",(),[1.5]),("Float32",(),[1e-7]),("Float64",(),[float('nan')]),("Float64",(),[3]),("Float32",(),[0.1]),("Int64",(),[-7]),("Bool",(),[1]),
("Int64",(2,3),[1,-20,300,4,5,6]),("Bool",(2,2),[1,0,0,1]),("UInt8",(3,),[1,20,255]),("Float32",(2,2,2),[1,2,3,4,5,6,7,8]),("Float32",(0,3),[]),("Float32",(1,),[-0.0]),
("Float32",(30,),[i/7 for i in range(30)]),("Int64",(40,),list(range(40))),("Float64",(4,),[123456.789,0.001,12.5,1]),("Float64",(3,),[1000.5,1.0,2.0]),("Float32",(2,),[16777216,3]),("Float64",(2,),[99999999.5,3]),("Float64",(2,),[1.123456789e-9,2e5]),
("Float64",(2,2,1,3),[i*1.5-4 for i in range(12)]),("Float16",(3,),[0.1,2.5,1000]),("Float32",(2,12),[(i*37%11)/3-1 for i in range(24)])]
out=[]
for t,s,v in cases:
    a=np.array(v,dtype={"Bool":bool,"UInt8":np.uint8}.get(t,t.lower())).reshape(s)
    out.append(dict(type=t,shape=list(s),values=[("nan" if x!=x else "inf" if x==float('inf') else "-inf" if x==float('-inf') else repr(float(x))) for x in v],text=str(a)))
for s in [(1001,),(2000,3),(10,10,11),(7,200)]:
    n=int(np.prod(s)); a=np.arange(n,dtype=np.float32).reshape(s)/4
    out.append(dict(type="Float32",shape=list(s),values=[],text=str(a)))
json.dump(out,open('numpy.json','w'),indent=1)
